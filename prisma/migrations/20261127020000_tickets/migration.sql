-- What residents asked of a person becomes tickets: every row is kept, with its number.
ALTER TABLE "inquiry" RENAME TO "ticket";
ALTER TABLE "ticket" RENAME CONSTRAINT "inquiry_pkey" TO "ticket_pkey";
ALTER SEQUENCE "inquiry_id_seq" RENAME TO "ticket_id_seq";
DROP INDEX "inquiry_chat_id_idx";

ALTER TABLE "ticket" RENAME COLUMN "created_at" TO "opened_at";
ALTER TABLE "ticket" RENAME COLUMN "topic" TO "kind";
ALTER TABLE "ticket" ADD COLUMN     "office" TEXT,
ADD COLUMN     "kelurahan" TEXT,
ADD COLUMN     "urgent" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "anonymous" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "details" BYTEA,
ADD COLUMN     "matter_hash" BYTEA,
ADD COLUMN     "promised_at" TIMESTAMPTZ(3),
ADD COLUMN     "late_at" TIMESTAMPTZ(3),
ADD COLUMN     "holder_id" TEXT,
ADD COLUMN     "holder_name" TEXT,
ADD COLUMN     "holder_since" TIMESTAMPTZ(3),
ADD COLUMN     "touched_at" TIMESTAMPTZ(3),
ADD COLUMN     "live_until" TIMESTAMPTZ(3),
ADD COLUMN     "closes_at" TIMESTAMPTZ(3),
ADD COLUMN     "close_reason" TEXT,
ADD COLUMN     "merged_into" BIGINT,
ADD COLUMN     "erased_at" TIMESTAMPTZ(3);

-- Three days were what the bot promised at most. Complaints and objections to others were told that no name is needed.
UPDATE "ticket" SET
  "promised_at" = "opened_at" + interval '3 days',
  "close_reason" = CASE WHEN "state" = 'closed' THEN 'done' END,
  "anonymous" = "kind" IN ('pengaduan', 'sanggah'),
  "office" = CASE WHEN "kind" IN ('bansos', 'sanggah') THEN 'dinsos' ELSE 'umum' END,
  "kind" = CASE "kind" WHEN 'pengaduan' THEN 'complaint' WHEN 'sanggah' THEN 'objection_other'
    WHEN 'hapus_data' THEN 'deletion' WHEN 'terlambat' THEN 'late' ELSE 'question' END;
UPDATE "ticket" SET "closed_at" = "opened_at" WHERE "state" = 'closed' AND "closed_at" IS NULL;

-- CreateTable
CREATE TABLE "ticket_entry" (
    "id" BIGSERIAL NOT NULL,
    "ticket_id" BIGINT NOT NULL,
    "type" TEXT NOT NULL,
    "event" TEXT,
    "body" BYTEA,
    "by_id" TEXT,
    "by" TEXT,
    "media" TEXT[],
    "outbox_id" BIGINT,
    "key" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ticket_entry_pkey" PRIMARY KEY ("id")
);

INSERT INTO "ticket_entry" ("ticket_id", "type", "body", "media", "at")
  SELECT "id", 'resident', "message", '{}', "opened_at" FROM "ticket" WHERE "message" IS NOT NULL ORDER BY "id";
INSERT INTO "ticket_entry" ("ticket_id", "type", "event", "by_id", "by", "media", "at")
  SELECT "id", 'event', 'closed', 'cli:' || "closed_by", "closed_by", '{}', "closed_at"
  FROM "ticket" WHERE "state" = 'closed' ORDER BY "id";

ALTER TABLE "ticket" DROP COLUMN "message",
DROP COLUMN "closed_by",
ALTER COLUMN "office" SET NOT NULL,
ALTER COLUMN "promised_at" SET NOT NULL;

-- CreateIndex
CREATE INDEX "ticket_due" ON "ticket"("office", "promised_at") WHERE (state = 'open');

-- CreateIndex
CREATE INDEX "ticket_promised" ON "ticket"("promised_at") WHERE (state = 'open');

-- CreateIndex
CREATE INDEX "ticket_confirming" ON "ticket"("closes_at") WHERE (state = 'confirming');

-- CreateIndex
CREATE INDEX "ticket_held" ON "ticket"("holder_id") WHERE (holder_id IS NOT NULL);

-- CreateIndex
CREATE INDEX "ticket_kept" ON "ticket"("closed_at") WHERE (erased_at IS NULL);

-- CreateIndex
CREATE INDEX "ticket_state_id_idx" ON "ticket"("state", "id");

-- CreateIndex
CREATE INDEX "ticket_chat_id_kind_idx" ON "ticket"("chat_id", "kind");

-- CreateIndex
CREATE INDEX "ticket_contact_id_idx" ON "ticket"("contact_id");

-- CreateIndex
CREATE INDEX "ticket_kelurahan_kind_idx" ON "ticket"("kelurahan", "kind");

-- CreateIndex
CREATE INDEX "ticket_entry_ticket_id_id_idx" ON "ticket_entry"("ticket_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "ticket_entry_ticket_id_key_key" ON "ticket_entry"("ticket_id", "key");

-- AddForeignKey
ALTER TABLE "ticket_entry" ADD CONSTRAINT "ticket_entry_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "ticket"("id") ON DELETE CASCADE ON UPDATE CASCADE;
