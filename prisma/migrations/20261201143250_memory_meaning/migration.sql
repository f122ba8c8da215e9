-- AlterTable
ALTER TABLE "memory_entry" ADD COLUMN     "embedded" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "memory_meaning" (
    "space_id" UUID NOT NULL,
    "path" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "embedder" TEXT NOT NULL,
    "vector" BYTEA NOT NULL,
    "code" BIT(512) NOT NULL,

    CONSTRAINT "memory_meaning_pkey" PRIMARY KEY ("space_id","path")
);

-- CreateIndex
CREATE INDEX "memory_meaning_near" ON "memory_meaning"("workspace_id", "embedder", "space_id", "path", "code");

-- AddForeignKey
ALTER TABLE "memory_meaning" ADD CONSTRAINT "memory_meaning_space_id_path_fkey" FOREIGN KEY ("space_id", "path") REFERENCES "memory_entry"("space_id", "path") ON DELETE CASCADE ON UPDATE CASCADE;


-- By hand: entries whose meaning is not read yet.
CREATE INDEX "memory_entry_not_embedded" ON "memory_entry" ("updated_at") WHERE NOT "embedded" AND NOT "deleted";
