/** One shape of the API model with its limits. */
export interface Shape {
  type: string;
  min?: number;
  max?: number;
  pattern?: string;
  enum?: string[];
  members?: Record<string, { target: string; required?: boolean }>;
  member?: string;
  key?: string;
  value?: string;
}
