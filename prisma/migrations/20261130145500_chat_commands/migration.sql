-- What a line of a chat that is a command did: `{name, state, result, links}`.
ALTER TABLE "message" ADD COLUMN "command" JSONB;
