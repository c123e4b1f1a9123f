/** Every workspace that installed the app, with its own token, renewed before it ends, by one replica at a time. */
import { webApi } from "@slack/bolt";
import type { InstallationStore, Log, Tokens } from "../../src/core/index.ts";
import { nameOf } from "./failure.ts";
import type { Workspace, Workspaces } from "./workspaces.ts";

type Installed = NonNullable<Awaited<ReturnType<InstallationStore["of"]>>>;

export interface InstallsParts {
  readonly store: InstallationStore;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly clientOptions: webApi.WebClientOptions;
  readonly log: Log;
  readonly clock: () => number;
  readonly pause: (ms: number) => Promise<void>;
}

/** A token lives for twelve hours; what is posted with it must not meet its end. */
const EARLY_MS = 2 * 3_600_000;
const LEASE_MS = 30_000;
const LOOK_MS = 250;
const REMEMBERED = 1000;

export function installs({
  store,
  clientId,
  clientSecret,
  clientOptions,
  log,
  clock,
  pause,
}: InstallsParts): Workspaces {
  const slack = new webApi.WebClient(undefined, clientOptions);
  /** What was found last: goes on while the database is away. */
  const last = new Map<string, Workspace>();
  const inOrganisation = new Set<string>();
  const renewing = new Map<string, Promise<Installed>>();

  async function installed(team: string, organisation: string | undefined): Promise<Installed | undefined> {
    const own = await store.of({ platform: "slack", community: team });
    if (own || !organisation) return own;
    const shared = await store.of({ platform: "slack", community: organisation });
    // Remembered, so that a tip, which comes with no event, finds the way too.
    if (shared && !inOrganisation.has(team)) await store.belongs({ platform: "slack", community: team }, organisation);
    if (shared) inOrganisation.add(team);
    return shared;
  }

  /** The next tokens; undefined where Slack gave none. */
  async function exchange({ community, rotation }: Installed): Promise<Tokens | undefined> {
    try {
      const got = await slack.oauth.v2.access({
        client_id: clientId,
        client_secret: clientSecret,
        grant_type: "refresh_token",
        refresh_token: rotation?.refresh ?? "",
      });
      if (!got.access_token || !got.refresh_token || !got.expires_in) return undefined;
      const expiresAt = clock() + got.expires_in * 1000;
      return { token: got.access_token, rotation: { refresh: got.refresh_token, expiresAt } };
    } catch (error) {
      log.error({ team: community, code: nameOf(error), method: "oauth.v2.access" }, "token not renewed");
      return undefined;
    }
  }

  /** Only one replica exchanges a refresh token, which is good for once; the others use the old token or wait for it. */
  async function renewed(found: Installed): Promise<Installed> {
    let current = found;
    for (let waited = 0; waited <= LEASE_MS; waited += LOOK_MS) {
      if (await store.lease(current, clock(), LEASE_MS)) {
        const tokens = await exchange(current);
        // While the old token is good, the lease that runs on keeps a failing Slack from being asked at every event.
        const kept = (tokens || ended(current)) && (await store.renew(current, tokens));
        if (tokens && kept) log.info({ team: current.community }, "token renewed");
        return tokens && kept ? { ...current, ...tokens, generation: current.generation + 1 } : current;
      }
      if (!ended(current)) return current;
      await pause(LOOK_MS);
      const { platform, community } = current;
      current = (await store.of({ platform, community })) ?? current;
      if (!ending(current)) return current;
    }
    return current;
  }

  const ending = ({ rotation }: Installed): boolean =>
    rotation !== undefined && rotation.expiresAt - clock() <= EARLY_MS;

  const ended = ({ rotation }: Installed): boolean => rotation !== undefined && rotation.expiresAt <= clock();

  function fresh(found: Installed): Promise<Installed> | Installed {
    if (!ending(found)) return found;
    const running = renewing.get(found.community);
    if (running) return running;
    const work = renewed(found).finally(() => renewing.delete(found.community));
    renewing.set(found.community, work);
    return work;
  }

  function remember(team: string, { token, botUser, botId, scopes }: Installed): Workspace {
    const known = last.get(team);
    if (known?.token === token) return known;
    const client = new webApi.WebClient(token, { ...clientOptions, teamId: team });
    const workspace = { user: botUser, bot: botId, token, scopes, client };
    if (last.size >= REMEMBERED) last.clear();
    last.set(team, workspace);
    return workspace;
  }

  return {
    ready: async () => undefined,
    async of(team, organisation) {
      let found: Installed | undefined;
      try {
        found = await installed(team, organisation);
        if (found) found = await fresh(found);
      } catch (err) {
        const known = last.get(team);
        if (!known) throw err;
        log.warn({ team, err }, "installation not looked up; the last known one is used");
        return known;
      }
      if (found) return remember(team, found);
      last.delete(team);
      return undefined;
    },
  };
}
