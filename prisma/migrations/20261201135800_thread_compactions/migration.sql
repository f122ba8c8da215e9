-- CreateTable
CREATE TABLE "thread_compaction" (
    "id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "thread_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "up_to" INTEGER NOT NULL,
    "messages" INTEGER NOT NULL,
    "tokens" INTEGER NOT NULL,
    "summary" TEXT,
    "model" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "edited_by" TEXT,
    "edited_at" TIMESTAMPTZ(3),
    "undone_by" TEXT,
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "thread_compaction_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "thread_compaction_run_id_key" ON "thread_compaction"("run_id");

-- CreateIndex
CREATE INDEX "thread_compaction_thread_id_up_to_idx" ON "thread_compaction"("thread_id", "up_to");

-- AddForeignKey
ALTER TABLE "thread_compaction" ADD CONSTRAINT "thread_compaction_thread_id_fkey" FOREIGN KEY ("thread_id") REFERENCES "thread"("id") ON DELETE CASCADE ON UPDATE CASCADE;
