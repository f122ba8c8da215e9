-- CreateTable
CREATE TABLE "connection_token" (
    "connection_id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "ciphertext" BYTEA NOT NULL,
    "wrapped_key" BYTEA NOT NULL,
    "master_key_id" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "refresh_at" TIMESTAMPTZ(3),
    "problem" TEXT,
    "signed_in_at" TIMESTAMPTZ(3),

    CONSTRAINT "connection_token_pkey" PRIMARY KEY ("connection_id")
);

-- CreateTable
CREATE TABLE "connection_token_lease" (
    "connection_id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "lease" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "connection_token_lease_pkey" PRIMARY KEY ("connection_id")
);

-- CreateTable
CREATE TABLE "connection_sign_in" (
    "state_hash" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "connection_id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "session_hash" TEXT NOT NULL,
    "ciphertext" BYTEA NOT NULL,
    "wrapped_key" BYTEA NOT NULL,
    "master_key_id" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "connection_sign_in_pkey" PRIMARY KEY ("state_hash")
);

-- AddForeignKey
ALTER TABLE "connection_token" ADD CONSTRAINT "connection_token_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connection_token_lease" ADD CONSTRAINT "connection_token_lease_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connection_sign_in" ADD CONSTRAINT "connection_sign_in_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;
