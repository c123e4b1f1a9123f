/** Workspaces that installed the app themselves: with which token the tutor speaks where, and where it no longer does. */
import type { Community, Ms } from "./ports.ts";

/** What a platform gives an app to speak with. */
export interface Tokens {
  readonly token: string;
  /** Where tokens are rotated: what the next one is had for, and when this one ends. */
  readonly rotation: { readonly refresh: string; readonly expiresAt: Ms } | undefined;
}

export interface Installation extends Community, Tokens {
  /** The community is an organisation, and this holds for all of its workspaces. */
  readonly organisation: boolean;
  readonly botUser: string;
  readonly botId: string;
  readonly scopes: readonly string[];
}

/** An installation as it stands in the store; each renewal of its tokens is a generation. */
export interface Installed extends Installation {
  readonly generation: number;
}

export interface InstallationStore {
  /** Takes the place of an earlier one, and of a departure. */
  save(installation: Installation, now: Ms): Promise<void>;
  /** The community's own, or that of the organisation which it is known to belong to. */
  of(community: Community): Promise<Installed | undefined>;
  /** A workspace was seen to speak through its organisation's installation. */
  belongs(workspace: Community, organisation: string): Promise<void>;
  /** True for one worker at a time: that one renews the tokens. */
  lease(installed: Installed, now: Ms, leaseMs: Ms): Promise<boolean>;
  /** Keeps new tokens and ends the lease; without tokens it only ends the lease. False when another generation stands there. */
  renew(installed: Installed, tokens: Tokens | undefined): Promise<boolean>;
  /**
   * The app was taken away at `asOf`: its tokens go at once, everything else of the community after 30 days. False when
   * it was installed anew since.
   */
  remove(community: Community, asOf: Ms, now: Ms): Promise<boolean>;
  /** The community is there (again): what it has stays. */
  stays(community: Community): Promise<void>;
  /** True the first time only: what names a finished installation is good for one. */
  spend(state: string, until: Ms): Promise<boolean>;
}
