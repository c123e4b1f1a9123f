/** How a command is declared: once. Menus, slash options, help, manifest and README's table are derived from it. */
import { z } from "zod";
import { quote, TutorError } from "./errors.ts";
import type { Reply } from "./reply.ts";
import type { Call, Turn } from "./turn.ts";

export interface FormField {
  readonly arg: string;
  readonly label: string;
  readonly kind: "line" | "text" | "choice" | "zone";
  readonly choices?: readonly string[];
  readonly required: boolean;
}

export interface Form {
  readonly title: string;
  readonly fields: readonly FormField[];
}

/** One argument as a platform's menu needs it, derived from the command's schema. */
export interface Option {
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  readonly choices?: readonly string[];
}

export interface Command {
  readonly name: string;
  readonly summary: string;
  /** What a person types after the name, for help: `<a> <b>`. */
  readonly usage: string;
  readonly options: readonly Option[];
  readonly audience: "everyone" | "asker";
  /** Internal commands are reached by buttons only and stay out of help and menus. */
  readonly listed: boolean;
  /** Shown first where a platform can show a form and an argument is still missing. */
  readonly form: Form | undefined;
  /** Are there completions at all? Menus offer them only then. */
  readonly suggests: boolean;
  /** Completions for an option that is being typed; never throws. */
  suggest(option: string, typed: string): Promise<readonly string[]>;
  /** Words typed after the name -> arguments. */
  parse(rest: string): Record<string, string>;
  run(args: Readonly<Record<string, string>>, turn: Turn): Promise<Reply>;
}

export interface Capability {
  readonly name: string;
  /** Lines a person could type that this capability must hear; a test routes each of them. */
  readonly examples: readonly string[];
  readonly commands: readonly Command[];
  /** Instant and pure: does this capability want what was said? */
  hear?(text: string, turn: Turn): Call | undefined;
}

interface Declaration<Shape extends z.ZodRawShape> {
  name: string;
  summary: string;
  usage?: string;
  args: z.ZodObject<Shape>;
  audience?: "everyone" | "asker";
  listed?: boolean;
  form?: Form;
  suggest?: (option: string, typed: string) => Promise<readonly string[]>;
  parse?: (rest: string) => Record<string, string>;
  run: (args: z.output<z.ZodObject<Shape>>, turn: Turn) => Promise<Reply>;
}

/** Declares a command; its arguments are checked by `args` before `run` sees them. */
export function command<Shape extends z.ZodRawShape>(declared: Declaration<Shape>): Command {
  const options = optionsOf(declared.args);
  const first = options[0]?.name;
  return {
    name: declared.name,
    summary: declared.summary,
    usage: declared.usage ?? options.map((o) => (o.required ? `<${o.name}>` : `[${o.name}]`)).join(" "),
    options,
    audience: declared.audience ?? "everyone",
    listed: declared.listed ?? true,
    form: declared.form,
    suggests: declared.suggest !== undefined,
    suggest: async (option, typed) => (declared.suggest ? declared.suggest(option, typed).catch(() => []) : []),
    parse: declared.parse ?? ((rest) => (first && rest ? { [first]: rest } : {})),
    run: async (args, turn) => {
      const checked = declared.args.safeParse(args);
      if (!checked.success) throw badArgument(declared.name, args, checked.error);
      return declared.run(checked.data, turn);
    },
  };
}

function badArgument(name: string, args: Readonly<Record<string, string>>, error: z.ZodError): TutorError {
  const issue = error.issues[0];
  const key = String(issue?.path[0] ?? "");
  const value = args[key];
  return value === undefined
    ? new TutorError("learner", `\`${name}\` needs ${key ? `a ${key}` : "something to work on"}.`, {
        hint: `Try \`help ${name}\` for an example.`,
      })
    : new TutorError("learner", `\`${name}\` does not know the ${key} "${quote(value)}".`, {
        hint: `Try \`help ${name}\` for what it takes.`,
      });
}

interface PropertySchema {
  description?: string;
  enum?: unknown[];
}

function optionsOf(args: z.ZodObject): Option[] {
  const schema = z.toJSONSchema(args, { io: "input", unrepresentable: "any" }) as {
    properties?: Record<string, PropertySchema>;
    required?: string[];
  };
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    description: property.description ?? name,
    required: schema.required?.includes(name) ?? false,
    ...(property.enum ? { choices: property.enum.map(String) } : {}),
  }));
}
