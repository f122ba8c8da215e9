-- CreateTable
CREATE TABLE "model_cooldown" (
    "workspace_id" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 1,
    "failed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "until_at" TIMESTAMPTZ(3),
    "probe_until" TIMESTAMPTZ(3),

    CONSTRAINT "model_cooldown_pkey" PRIMARY KEY ("workspace_id","account","provider","model")
);

-- AddForeignKey
ALTER TABLE "model_cooldown" ADD CONSTRAINT "model_cooldown_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;
