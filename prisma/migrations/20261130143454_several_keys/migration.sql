-- DropIndex
DROP INDEX "provider_key_workspace_id_provider_key";

-- AlterTable
ALTER TABLE "provider_key" ADD COLUMN     "name" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "problem" TEXT,
ADD COLUMN     "tried_at" TIMESTAMPTZ(3);

-- CreateIndex
CREATE UNIQUE INDEX "provider_key_workspace_id_provider_name_key" ON "provider_key"("workspace_id", "provider", "name");
