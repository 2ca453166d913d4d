/** The resource's Pulumi type: the Node.js SDK's word for a dynamic one, and ours. */
export const TYPE = "pulumi-nodejs:dynamic/connect:ContactEvaluation";
