-- Files from before were kept unsealed and belong to nobody: the purge removes their bytes, as no row names them.
DELETE FROM "media_file";
ALTER TABLE "media_file" DROP COLUMN "name", DROP COLUMN "sha256", ADD COLUMN "name" BYTEA, ADD COLUMN "owner" TEXT NOT NULL, ADD COLUMN "kept_at" TIMESTAMPTZ(3), ADD COLUMN "erased_at" TIMESTAMPTZ(3);
CREATE INDEX "media_file_owner_created_at_idx" ON "media_file"("owner", "created_at");
CREATE INDEX "media_file_created_at_idx" ON "media_file"("created_at");
ALTER TABLE "check_link" ADD COLUMN "look_ups" INTEGER NOT NULL DEFAULT 0;
