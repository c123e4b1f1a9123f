/** Closed schemas of Slack's blocks and views, generated from the types of its own SDK. */
import { join } from "node:path";
import { Ajv } from "ajv";
import { createGenerator } from "ts-json-schema-generator";

export interface Checks {
  /** What is wrong with it; undefined where Slack's types allow it. */
  block(value: unknown): string | undefined;
  view(value: unknown): string | undefined;
}

/** Takes seconds: once a test file. */
export function slackChecks(): Checks {
  const generator = createGenerator({
    path: join(import.meta.dirname, "bodies.ts"),
    tsconfig: join(import.meta.dirname, "tsconfig.json"),
    expose: "export",
    skipTypeCheck: true,
    additionalProperties: false,
  });
  const ajv = new Ajv({ strict: false });
  const check = (type: string) => {
    const schema: object = generator.createSchema(type);
    const validate = ajv.compile(schema);
    return (value: unknown) => (validate(known(value)) ? undefined : ajv.errorsText(validate.errors?.slice(0, 3)));
  };
  return { block: check("AnyBlock"), view: check("AnyView") };
}

/** The types lag behind Slack's page of rich_text_list by its `offset`, a whole number above zero. */
function known(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(known);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  const type = entries.find(([name]) => name === "type")?.[1];
  return Object.fromEntries(
    entries
      .filter(([name, each]) => !(type === "rich_text_list" && name === "offset" && Number.isInteger(each) && each > 0))
      .map(([name, each]) => [name, known(each)]),
  );
}
