"use server";
import { action } from "@/lib/http/action";
import * as commands from "@/lib/tokens/commands";

export const createTokenAction = action(commands.createToken);
export const issueTokenAction = action(commands.issueToken);
export const regenerateTokenAction = action(commands.regenerateToken);
export const revokeTokenAction = action(commands.revokeAccessToken);
