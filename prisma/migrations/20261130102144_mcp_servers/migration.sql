-- CreateTable
CREATE TABLE "mcp_server" (
    "id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "connection" TEXT,
    "title" TEXT NOT NULL,
    "version" TEXT,
    "protocol" TEXT NOT NULL,
    "tools" JSONB NOT NULL,
    "seen" JSONB,
    "refused" JSONB NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "problem" TEXT,
    "tried_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "listed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "mcp_server_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "mcp_server_workspace_id_name_key" ON "mcp_server"("workspace_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "mcp_server_workspace_id_slug_key" ON "mcp_server"("workspace_id", "slug");

-- AddForeignKey
ALTER TABLE "mcp_server" ADD CONSTRAINT "mcp_server_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;
