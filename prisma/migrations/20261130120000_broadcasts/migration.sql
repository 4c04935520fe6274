DROP INDEX "outbox_unsent";


ALTER TABLE "chat" ADD COLUMN     "language" TEXT;


ALTER TABLE "outbox_message" ADD COLUMN     "batch_id" BIGINT,
ADD COLUMN     "claimed_at" TIMESTAMPTZ(3);


CREATE TABLE "outbox_batch" (
    "id" BIGSERIAL NOT NULL,
    "held" BOOLEAN NOT NULL DEFAULT false,
    "topics" TEXT[],
    "expires_at" TIMESTAMPTZ(3),
    "dropped" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "outbox_batch_pkey" PRIMARY KEY ("id")
);


CREATE TABLE "contact_profile" (
    "contact_id" UUID NOT NULL,
    "kelurahan" TEXT NOT NULL,
    "text_version" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "contact_profile_pkey" PRIMARY KEY ("contact_id")
);


CREATE TABLE "broadcast" (
    "id" BIGSERIAL NOT NULL,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "media" JSONB,
    "buttons" JSONB NOT NULL DEFAULT '[]',
    "audience" JSONB NOT NULL,
    "posts" TEXT[],
    "source" JSONB,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "phase" TEXT,
    "version" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by_id" TEXT,
    "created_by" TEXT,
    "edited_by_id" TEXT,
    "edited_by" TEXT,
    "proposed_at" TIMESTAMPTZ(3),
    "proposed_by_id" TEXT,
    "proposed_by" TEXT,
    "approved_at" TIMESTAMPTZ(3),
    "approved_by_id" TEXT,
    "approved_by" TEXT,
    "scheduled_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3),
    "canary_until" TIMESTAMPTZ(3),
    "paused_at" TIMESTAMPTZ(3),
    "pause_reason" TEXT,
    "paused_by" TEXT,
    "ended_at" TIMESTAMPTZ(3),
    "ended_by" TEXT,
    "audience_size" INTEGER,
    "batch_id" BIGINT,
    "figures" JSONB,
    "test_hash" BYTEA,
    "test_until" TIMESTAMPTZ(3),
    "test_by_id" TEXT,

    CONSTRAINT "broadcast_pkey" PRIMARY KEY ("id")
);


CREATE TABLE "broadcast_recipient" (
    "id" BIGSERIAL NOT NULL,
    "broadcast_id" BIGINT NOT NULL,
    "contact_id" UUID,
    "chat_id" BIGINT,
    "channel" TEXT NOT NULL,
    "subscription_id" BIGINT,
    "outbox_id" BIGINT,
    "reason" TEXT,
    "status" TEXT,

    CONSTRAINT "broadcast_recipient_pkey" PRIMARY KEY ("id")
);


CREATE TABLE "broadcast_post" (
    "id" BIGSERIAL NOT NULL,
    "broadcast_id" BIGINT NOT NULL,
    "channel" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "claimed_at" TIMESTAMPTZ(3),
    "settled_at" TIMESTAMPTZ(3),
    "external_id" TEXT,
    "failure" TEXT,

    CONSTRAINT "broadcast_post_pkey" PRIMARY KEY ("id")
);


CREATE TABLE "saved_audience" (
    "id" BIGSERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "audience" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" TEXT NOT NULL,

    CONSTRAINT "saved_audience_pkey" PRIMARY KEY ("id")
);


CREATE TABLE "broadcast_tester" (
    "officer_id" TEXT NOT NULL,
    "chat_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "broadcast_tester_pkey" PRIMARY KEY ("officer_id","chat_id")
);


CREATE INDEX "contact_profile_kelurahan_idx" ON "contact_profile"("kelurahan");


CREATE UNIQUE INDEX "broadcast_test_hash_key" ON "broadcast"("test_hash");


CREATE INDEX "broadcast_state_scheduled_at_idx" ON "broadcast"("state", "scheduled_at");


CREATE INDEX "broadcast_batch_id_idx" ON "broadcast"("batch_id");


CREATE UNIQUE INDEX "broadcast_recipient_outbox_id_key" ON "broadcast_recipient"("outbox_id");


CREATE INDEX "broadcast_recipient_unprepared" ON "broadcast_recipient"("broadcast_id", "id") WHERE (outbox_id IS NULL AND reason IS NULL);


CREATE INDEX "broadcast_recipient_contact_id_idx" ON "broadcast_recipient"("contact_id");


CREATE UNIQUE INDEX "broadcast_recipient_broadcast_id_contact_id_key" ON "broadcast_recipient"("broadcast_id", "contact_id");


CREATE INDEX "broadcast_post_due" ON "broadcast_post"("channel") WHERE (settled_at IS NULL);


CREATE UNIQUE INDEX "broadcast_post_broadcast_id_channel_key" ON "broadcast_post"("broadcast_id", "channel");


CREATE UNIQUE INDEX "saved_audience_name_key" ON "saved_audience"("name");


CREATE INDEX "broadcast_tester_chat_id_idx" ON "broadcast_tester"("chat_id");


CREATE INDEX "outbox_unsent" ON "outbox_message"("chat_id", "id") WHERE (settled_at IS NULL AND kind <> 'broadcast');


CREATE INDEX "outbox_bulk" ON "outbox_message"("id") WHERE (settled_at IS NULL AND kind = 'broadcast');


ALTER TABLE "broadcast_recipient" ADD CONSTRAINT "broadcast_recipient_broadcast_id_fkey" FOREIGN KEY ("broadcast_id") REFERENCES "broadcast"("id") ON DELETE CASCADE ON UPDATE CASCADE;


ALTER TABLE "broadcast_post" ADD CONSTRAINT "broadcast_post_broadcast_id_fkey" FOREIGN KEY ("broadcast_id") REFERENCES "broadcast"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Broadcasts leave by channels that many messages can be given at once; elsewhere the same is a notice.
UPDATE "outbox_message" o SET "kind" = 'notice' FROM "chat" c
WHERE c."id" = o."chat_id" AND o."kind" = 'broadcast' AND c."channel" NOT IN ('telegram', 'whatsapp');
