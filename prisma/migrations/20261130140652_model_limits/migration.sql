-- CreateTable
CREATE TABLE "model_limit" (
    "workspace_id" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "requests_per_minute" INTEGER,
    "tokens_per_minute" INTEGER,
    "at_once" INTEGER,
    "requests_left" DOUBLE PRECISION,
    "tokens_left" DOUBLE PRECISION,
    "paced_at" TIMESTAMPTZ(3),
    "updated_by" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "model_limit_pkey" PRIMARY KEY ("workspace_id","provider","model")
);

-- CreateTable
CREATE TABLE "model_slot" (
    "id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "until_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "model_slot_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "model_slot_workspace_id_provider_idx" ON "model_slot"("workspace_id", "provider");

-- AddForeignKey
ALTER TABLE "model_limit" ADD CONSTRAINT "model_limit_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "model_slot" ADD CONSTRAINT "model_slot_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;
