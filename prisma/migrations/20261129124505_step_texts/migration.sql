-- CreateTable
CREATE TABLE "step_text" (
    "run_id" UUID NOT NULL,
    "step_id" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "step_text_pkey" PRIMARY KEY ("run_id","step_id")
);

-- AddForeignKey
ALTER TABLE "step_text" ADD CONSTRAINT "step_text_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;
