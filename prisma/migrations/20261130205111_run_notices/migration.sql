-- What people are to be notified of, written with what happened to a run.
CREATE TABLE "run_notice" (
    "run_id" UUID NOT NULL,
    "step_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "told_at" TIMESTAMPTZ(3),

    CONSTRAINT "run_notice_pkey" PRIMARY KEY ("run_id","step_id","kind")
);

-- AddForeignKey
ALTER TABLE "run_notice" ADD CONSTRAINT "run_notice_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE INDEX "run_notice_untold" ON "run_notice" ("created_at") WHERE "told_at" IS NULL;
