/** Closed JSON schemas of Discord's bodies, generated from discord-api-types: an unknown property is a fault. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import { createGenerator } from "ts-json-schema-generator";

const MODULES = join(import.meta.dirname, "../../../node_modules");
const TYPES = [
  "RESTPostAPIChannelMessageJSONBody",
  "RESTPatchAPIInteractionOriginalResponseJSONBody",
  "RESTPostAPIInteractionFollowupJSONBody",
  "RESTPostAPIInteractionCallbackJSONBody",
  "RESTPutAPIApplicationCommandsJSONBody",
  "RESTPutAPIApplicationGuildCommandsJSONBody",
  "RESTPostAPIChannelMessagesThreadsJSONBody",
  "RESTPostAPICurrentUserCreateDMChannelJSONBody",
] as const;

export type BodyType = (typeof TYPES)[number];

/** Generated once for a version of the types, and kept beside the packages. */
function schemas(): object {
  const version = JSON.parse(readFileSync(join(MODULES, "discord-api-types/package.json"), "utf8")) as {
    version: string;
  };
  const folder = join(MODULES, ".cache");
  const file = join(folder, `discord-bodies-${version.version}-${TYPES.length}.json`);
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    mkdirSync(folder, { recursive: true });
    const tsconfig = join(folder, "discord-tsconfig.json");
    writeFileSync(
      tsconfig,
      JSON.stringify({
        compilerOptions: {
          target: "esnext",
          module: "nodenext",
          moduleResolution: "nodenext",
          types: [],
          strict: true,
        },
        files: ["../discord-api-types/v10.d.ts"],
      }),
    );
    const definitions: Record<string, unknown> = {};
    for (const type of TYPES) {
      const schema = createGenerator({
        path: join(MODULES, "discord-api-types/v10.d.ts"),
        tsconfig,
        type,
        expose: "export",
        skipTypeCheck: true,
        additionalProperties: false,
      }).createSchema(type);
      Object.assign(definitions, schema.definitions);
    }
    // The generator takes a mapped type over a primitive for an empty object; the table of limits checks these.
    for (const [name, schema] of Object.entries(definitions))
      if (name.startsWith("_AddUndefined") && !JSON.stringify(schema).includes('"properties"')) definitions[name] = {};
    // Flags are added up; the enumeration names only single ones.
    definitions.MessageFlags = { type: "integer", minimum: 0 };
    const whole = { $id: "discord", definitions };
    writeFileSync(file, JSON.stringify(whole));
    return whole;
  }
}

const ajv = new Ajv({ strict: false, allErrors: false, logger: false });
ajv.addSchema(schemas());
const compiled = new Map<BodyType, ValidateFunction>();

/** What is wrong with a body by its type, in words; undefined where nothing is. */
export function schemaFault(type: BodyType, body: unknown): string | undefined {
  const validate = compiled.get(type) ?? ajv.compile({ $ref: `discord#/definitions/${type}` });
  compiled.set(type, validate);
  return validate(body) ? undefined : `${type}: ${ajv.errorsText(validate.errors)}`;
}
