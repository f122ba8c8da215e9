-- An invitation's id was the secret of its link. From now on it is the SHA-256 of that secret, so links that were handed
-- over still work and a copy of the table opens none.
UPDATE "invitation" SET "id" = encode(sha256(convert_to("id", 'UTF8')), 'hex');
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_id_is_a_hash" CHECK ("id" ~ '^[0-9a-f]{64}$');
