-- CreateTable
CREATE TABLE "request_key" (
    "scope" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "claim" UUID NOT NULL,
    "status" INTEGER,
    "ciphertext" BYTEA,
    "wrapped_key" BYTEA,
    "master_key_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "request_key_pkey" PRIMARY KEY ("scope","key")
);

-- CreateIndex
CREATE INDEX "request_key_created_at_idx" ON "request_key"("created_at");
