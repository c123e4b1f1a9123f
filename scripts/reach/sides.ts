/** Who races against whom, and where. */

export type Medium = "slack-socket" | "slack-http" | "discord";
/** The tutor, or the least that the SDK needs. */
export type Side = "ours" | "bare";
