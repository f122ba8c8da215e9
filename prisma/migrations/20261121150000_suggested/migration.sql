-- AlterTable
ALTER TABLE "suggestion" ADD COLUMN "changes" JSONB NOT NULL DEFAULT '[]';

-- CreateTable
CREATE TABLE "draft_edit" (
    "id" UUID NOT NULL,
    "workflow_id" UUID NOT NULL,
    "user_id" TEXT,
    "origin" TEXT NOT NULL DEFAULT 'api',
    "changes" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "draft_edit_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "draft_edit_workflow_id_created_at_idx" ON "draft_edit"("workflow_id", "created_at");

-- AddForeignKey
ALTER TABLE "draft_edit" ADD CONSTRAINT "draft_edit_workflow_id_fkey" FOREIGN KEY ("workflow_id") REFERENCES "draft"("workflow_id") ON DELETE CASCADE ON UPDATE CASCADE;
