-- AlterTable
ALTER TABLE "suggestion" ADD COLUMN     "run_id" UUID,
ADD COLUMN     "turn" JSONB;

-- CreateIndex
CREATE UNIQUE INDEX "suggestion_run_id_key" ON "suggestion"("run_id");
