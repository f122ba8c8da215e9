-- AlterTable
ALTER TABLE "run" ADD COLUMN     "scripted" BOOLEAN NOT NULL DEFAULT false;

-- Runs so far: by what their journals tell of model calls, then those that started such runs. (The end of a run stays final:
-- neither its state nor its number changes.)
UPDATE "run" r SET "scripted" = true WHERE EXISTS (
  SELECT FROM "run_event" e WHERE e."run_id" = r."id" AND e."data"::text LIKE '%"calls":%"rehearsed":true%');
UPDATE "run" r SET "scripted" = true WHERE NOT r."scripted" AND EXISTS (
  SELECT FROM "run" c WHERE c."root_run_id" = r."id" AND c."scripted");
