-- AlterTable
ALTER TABLE "model_call" ADD COLUMN     "answer_cache" TEXT,
ADD COLUMN     "cached_from" UUID;

-- CreateTable
CREATE TABLE "model_answer" (
    "workspace_id" TEXT NOT NULL,
    "principal" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "run_id" UUID NOT NULL,
    "holder" UUID NOT NULL,
    "until_at" TIMESTAMPTZ(3),
    "call_id" UUID,
    "answer" JSON,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "model_answer_pkey" PRIMARY KEY ("workspace_id","principal","key")
);

-- CreateIndex
CREATE INDEX "model_answer_run_id_idx" ON "model_answer"("run_id");

-- CreateIndex
CREATE INDEX "model_answer_expires_at_idx" ON "model_answer"("expires_at");

-- AddForeignKey
ALTER TABLE "model_answer" ADD CONSTRAINT "model_answer_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "model_answer" ADD CONSTRAINT "model_answer_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;
