/** The Slack adapter, with the real Bolt, against a Slack of our own. */
import { slackStage } from "../support/slack/stage.ts";
import { chatAdapterContract } from "./contract.ts";

chatAdapterContract("Slack in Socket Mode", (script) => slackStage(script));
chatAdapterContract("Slack over HTTP", (script) => slackStage(script, { mode: "http" }));
