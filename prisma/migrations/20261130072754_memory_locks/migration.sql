-- AlterTable
ALTER TABLE "memory_space" ADD COLUMN     "lock_epoch" BIGINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "memory_lock" (
    "token" BIGSERIAL NOT NULL,
    "space_id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "author" JSONB NOT NULL,
    "path" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "granted" BOOLEAN NOT NULL,
    "lease_seconds" INTEGER NOT NULL,
    "lease_until" TIMESTAMPTZ(3) NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "run_id" UUID,
    "told" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "memory_lock_pkey" PRIMARY KEY ("token")
);

-- CreateIndex
CREATE INDEX "memory_lock_space_id_idx" ON "memory_lock"("space_id");

-- CreateIndex
CREATE INDEX "memory_lock_lease_until_idx" ON "memory_lock"("lease_until");

-- AddForeignKey
ALTER TABLE "memory_lock" ADD CONSTRAINT "memory_lock_space_id_fkey" FOREIGN KEY ("space_id") REFERENCES "memory_space"("id") ON DELETE CASCADE ON UPDATE CASCADE;
