-- CreateTable
CREATE TABLE "step_cache" (
    "workspace_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "kept" JSON NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "step_cache_pkey" PRIMARY KEY ("workspace_id","key")
);

-- CreateIndex
CREATE INDEX "step_cache_expires_at_idx" ON "step_cache"("expires_at");

-- AddForeignKey
ALTER TABLE "step_cache" ADD CONSTRAINT "step_cache_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;
