-- AlterTable
ALTER TABLE "workflow" ADD COLUMN     "deleted_by" TEXT,
ADD COLUMN     "purged_at" TIMESTAMPTZ(3);

-- What is in the trash, for its list and for the sweeper.
CREATE INDEX "workflow_trash" ON "workflow" ("deleted_at") WHERE "deleted_at" IS NOT NULL;
