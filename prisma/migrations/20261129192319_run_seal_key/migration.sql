-- CreateTable
CREATE TABLE "run_seal_key" (
    "id" INTEGER NOT NULL,
    "ciphertext" BYTEA NOT NULL,
    "wrapped_key" BYTEA NOT NULL,
    "master_key_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "run_seal_key_pkey" PRIMARY KEY ("id")
);
