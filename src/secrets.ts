/** Secrets of the environment: which variables are some, where else they may stand, and what no output may hold. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { TutorError } from "./core/errors.ts";
import { SLACK_SECRETS } from "./slack-variables.ts";

/** Variables that are never repeated in an error, and may stand in files. */
export const SECRET = new Set(["DATABASE_URL", ...SLACK_SECRETS, "DISCORD_TOKEN"]);

/** Variables by name, as the process has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The file that holds a secret: the one that `NAME_FILE` names, or the one called like it in SECRETS_DIR. */
function fileOf(name: string, environment: Environment): string | undefined {
  const named = environment[`${name}_FILE`];
  if (named) return named;
  const inFolder = environment.SECRETS_DIR ? join(environment.SECRETS_DIR, name) : undefined;
  return inFolder && existsSync(inFolder) ? inFolder : undefined;
}

/** A secret may stand in a file: `SLACK_BOT_TOKEN_FILE=/run/secrets/slack`, or SECRETS_DIR for all of them. */
export function fromFiles(environment: Environment): Record<string, string | undefined> {
  const found = { ...environment };
  for (const name of SECRET) {
    const file = fileOf(name, environment);
    if (!file) continue;
    const said = environment[`${name}_FILE`] ? `${name}_FILE="${file.slice(0, 200)}"` : `SECRETS_DIR's ${file}`;
    if (environment[name])
      throw new TutorError("config", `${name} and ${said} are both set.`, { hint: "Leave one of them unset." });
    try {
      found[name] = readFileSync(file, "utf8").trim();
    } catch (cause) {
      throw new TutorError("config", `${said} cannot be read (${(cause as NodeJS.ErrnoException).code}).`, {
        hint: "Mount the file, readable for the user that runs the tutor, or set the variable itself.",
        cause,
      });
    }
  }
  return found;
}

/** The secret values that are set, also where the rest of the configuration is wrong: what no output may hold. */
export function secretsIn(environment: Environment): string[] {
  const values = [...SECRET].map((name) => {
    const file = fileOf(name, environment);
    try {
      return environment[name] || (file ? readFileSync(file, "utf8").trim() : "");
    } catch {
      return ""; // said when it is read for use
    }
  });
  const passwords = values.map((value) => URL.parse(value)?.password ?? "");
  return [...values, ...passwords, ...passwords.map(decoded)].filter(Boolean);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
