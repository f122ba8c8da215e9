-- AlterTable
ALTER TABLE "file" ADD COLUMN     "expires_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "trigger_listening" (
    "trigger_id" UUID NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "request" JSONB,
    "at" TIMESTAMPTZ(3),

    CONSTRAINT "trigger_listening_pkey" PRIMARY KEY ("trigger_id")
);

-- AddForeignKey
ALTER TABLE "trigger_listening" ADD CONSTRAINT "trigger_listening_trigger_id_fkey" FOREIGN KEY ("trigger_id") REFERENCES "trigger"("id") ON DELETE CASCADE ON UPDATE CASCADE;
