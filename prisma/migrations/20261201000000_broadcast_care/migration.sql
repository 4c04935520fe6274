DROP INDEX "outbox_bulk";


ALTER TABLE "broadcast" ADD COLUMN     "ends_at" TIMESTAMPTZ(3),
ADD COLUMN     "resumed_at" TIMESTAMPTZ(3),
ADD COLUMN     "stalled_at" TIMESTAMPTZ(3);


ALTER TABLE "outbox_message" ADD COLUMN     "on_account" TEXT;


CREATE INDEX "outbox_bulk" ON "outbox_message"("on_account", "created_at", "id") WHERE (settled_at IS NULL AND kind = 'broadcast');

-- What waits on its way already is found on its account too.
UPDATE "outbox_message" o SET "on_account" = c."channel" || ' ' || c."account"
FROM "chat" c WHERE c."id" = o."chat_id" AND o."settled_at" IS NULL AND o."kind" = 'broadcast';

-- What began before had the end that was set, or three days.
UPDATE "broadcast" SET "ends_at" = coalesce("expires_at", "started_at" + interval '3 days') WHERE "started_at" IS NOT NULL;
