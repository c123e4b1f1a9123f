/** The Discord adapter, with the real discord.js, against a Discord on 127.0.0.1. */
import { discordStage } from "../support/discord/stage.ts";
import { chatAdapterContract } from "./contract.ts";

chatAdapterContract("Discord", (script) => discordStage(script));
