-- CreateTable
CREATE TABLE "memory_space" (
    "id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "number" BIGINT NOT NULL DEFAULT 0,
    "forgotten" BIGINT NOT NULL DEFAULT 0,
    "entry_count" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "memory_space_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "memory_entry" (
    "space_id" UUID NOT NULL,
    "path" TEXT NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "value" JSON,
    "words" TEXT NOT NULL,
    "deleted" BOOLEAN NOT NULL DEFAULT false,
    "checksum" TEXT NOT NULL,
    "author" JSONB NOT NULL,
    "flagged" BOOLEAN NOT NULL DEFAULT false,
    "expires_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "memory_entry_pkey" PRIMARY KEY ("space_id","path")
);

-- CreateTable
CREATE TABLE "memory_version" (
    "space_id" UUID NOT NULL,
    "path" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "number" BIGINT NOT NULL,
    "value" JSON,
    "deleted" BOOLEAN NOT NULL DEFAULT false,
    "checksum" TEXT NOT NULL,
    "previous" TEXT NOT NULL,
    "base_version" INTEGER,
    "strategy" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "author" JSONB NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "memory_version_pkey" PRIMARY KEY ("space_id","path","version")
);

-- CreateTable
CREATE TABLE "memory_conflict" (
    "id" UUID NOT NULL,
    "space_id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "base" JSON,
    "mine" JSON,
    "theirs" INTEGER NOT NULL,
    "leaves" JSONB NOT NULL,
    "author" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "resolved_at" TIMESTAMPTZ(3),
    "resolved_by" JSONB,
    "resolution" TEXT,

    CONSTRAINT "memory_conflict_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "memory_checkpoint" (
    "id" UUID NOT NULL,
    "space_id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "number" BIGINT NOT NULL,
    "author" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "memory_checkpoint_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "memory_write" (
    "workspace_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "result" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "memory_write_pkey" PRIMARY KEY ("workspace_id","key")
);

-- CreateIndex
CREATE UNIQUE INDEX "memory_space_workspace_id_kind_name_key" ON "memory_space"("workspace_id", "kind", "name");

-- CreateIndex
CREATE UNIQUE INDEX "memory_version_space_id_number_key" ON "memory_version"("space_id", "number");

-- CreateIndex
CREATE INDEX "memory_conflict_workspace_id_resolved_at_idx" ON "memory_conflict"("workspace_id", "resolved_at");

-- CreateIndex
CREATE INDEX "memory_conflict_space_id_path_idx" ON "memory_conflict"("space_id", "path");

-- CreateIndex
CREATE UNIQUE INDEX "memory_checkpoint_space_id_name_key" ON "memory_checkpoint"("space_id", "name");

-- AddForeignKey
ALTER TABLE "memory_space" ADD CONSTRAINT "memory_space_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memory_entry" ADD CONSTRAINT "memory_entry_space_id_fkey" FOREIGN KEY ("space_id") REFERENCES "memory_space"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memory_version" ADD CONSTRAINT "memory_version_space_id_fkey" FOREIGN KEY ("space_id") REFERENCES "memory_space"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memory_conflict" ADD CONSTRAINT "memory_conflict_space_id_fkey" FOREIGN KEY ("space_id") REFERENCES "memory_space"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memory_checkpoint" ADD CONSTRAINT "memory_checkpoint_space_id_fkey" FOREIGN KEY ("space_id") REFERENCES "memory_space"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memory_write" ADD CONSTRAINT "memory_write_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand: what Prisma cannot say.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- A space holds a bounded number of entries; a write beyond it fails as a whole.
ALTER TABLE "memory_space" ADD CONSTRAINT "memory_space_full" CHECK ("entry_count" >= 0 AND "entry_count" <= 10000);

-- Search by words, and by words that look alike. Deleted entries are in neither.
CREATE INDEX "memory_entry_words" ON "memory_entry" USING gin (to_tsvector('simple', "words")) WHERE NOT "deleted";
CREATE INDEX "memory_entry_alike" ON "memory_entry" USING gin ("words" gin_trgm_ops) WHERE NOT "deleted";

-- Entries whose time is over.
CREATE INDEX "memory_entry_expiry" ON "memory_entry" ("expires_at") WHERE NOT "deleted" AND "expires_at" IS NOT NULL;
