-- CreateIndex
CREATE INDEX "thread_workflow_id_idx" ON "thread"("workflow_id");

-- Bells that ask for somebody and were not answered: the janitor looks whether their step still waits.
CREATE INDEX "notification_open" ON "notification" ("created_at") WHERE "kind" = 'asked' AND "read_at" IS NULL;
