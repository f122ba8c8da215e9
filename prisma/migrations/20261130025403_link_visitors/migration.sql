-- AlterTable
ALTER TABLE "thread" ADD COLUMN     "visitor_hash" TEXT;

-- AlterTable
ALTER TABLE "trigger" ADD COLUMN     "day" DATE,
ADD COLUMN     "day_used" INTEGER NOT NULL DEFAULT 0;

-- CreateIndex
CREATE UNIQUE INDEX "thread_visitor_hash_key" ON "thread"("visitor_hash");
