-- AlterTable
ALTER TABLE "run" ADD COLUMN     "only_name" TEXT,
ADD COLUMN     "only_step" TEXT;

-- The last test of a step, for whoever selects it.
CREATE INDEX "run_tests" ON "run"("workflow_id", "only_step", "created_at" DESC, "id" DESC) WHERE "only_step" IS NOT NULL;
