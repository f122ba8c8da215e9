-- What servers answered was kept as it came, and may repeat the credentials: it is told anew when they are next asked.
UPDATE "mcp_server" SET "problem" = NULL WHERE "problem" IS NOT NULL;
