-- CreateIndex
CREATE INDEX "model_call_workspace_id_agent_id_started_at_idx" ON "model_call"("workspace_id", "agent_id", "started_at");
