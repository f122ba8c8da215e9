-- CreateTable
CREATE TABLE "openapi_service" (
    "id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT,
    "title" TEXT NOT NULL,
    "description" TEXT,
    "version" TEXT,
    "server_url" TEXT NOT NULL,
    "server_given" BOOLEAN NOT NULL DEFAULT false,
    "auth" JSONB NOT NULL,
    "operations" JSONB NOT NULL,
    "lines" JSONB NOT NULL,
    "operation_count" INTEGER NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "connection" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "refreshed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "openapi_service_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "openapi_service_workspace_id_name_key" ON "openapi_service"("workspace_id", "name");

-- AddForeignKey
ALTER TABLE "openapi_service" ADD CONSTRAINT "openapi_service_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;
