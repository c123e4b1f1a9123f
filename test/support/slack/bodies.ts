/** The bodies that are sent to Slack, in the words of Slack's own types: what the closed schemas are made from. */
import type { types } from "@slack/bolt";

export type AnyBlock = types.KnownBlock;
export type AnyView = types.HomeView | types.ModalView;
