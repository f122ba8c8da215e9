-- AlterTable
ALTER TABLE "thread" ADD COLUMN     "trigger_id" UUID,
ADD COLUMN     "workflow_id" UUID;

-- AlterTable
ALTER TABLE "trigger" ADD COLUMN     "free_at" TIMESTAMPTZ(3),
ADD COLUMN     "old_ciphertext" BYTEA,
ADD COLUMN     "old_hint" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "old_master_key_id" TEXT,
ADD COLUMN     "old_until" TIMESTAMPTZ(3),
ADD COLUMN     "old_wrapped_key" BYTEA;

-- CreateIndex
CREATE INDEX "thread_trigger_id_idx" ON "thread"("trigger_id");

-- AddForeignKey
ALTER TABLE "thread" ADD CONSTRAINT "thread_workflow_id_fkey" FOREIGN KEY ("workflow_id") REFERENCES "workflow"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "thread" ADD CONSTRAINT "thread_trigger_id_fkey" FOREIGN KEY ("trigger_id") REFERENCES "trigger"("id") ON DELETE SET NULL ON UPDATE CASCADE;
