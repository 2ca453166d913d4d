// What typedoc would say of Pulumi's types beside what the source says.
import { Converter, ReflectionKind } from "typedoc";

/** @param {import("typedoc").Application} app */
export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_END, ({ project }) => {
    for (const member of project.getReflectionsByKind(ReflectionKind.All)) {
      // That a constructor overrides Pulumi's tells a reader nothing.
      delete member.overwrites;
      // The name of the interface that is part of pulumi.Output.
      if (member.type?.name === "OutputInstance") {
        member.type.name = "Output";
      }
    }
  });
}
