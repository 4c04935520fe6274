CREATE TABLE "contact" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "contact_pkey" PRIMARY KEY ("id")
);


CREATE TABLE "chat" (
    "id" BIGSERIAL NOT NULL,
    "contact_id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'active',
    "session" BYTEA,
    "flow" TEXT,
    "step" TEXT,
    "version" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_message_at" TIMESTAMPTZ(3),

    CONSTRAINT "chat_pkey" PRIMARY KEY ("id")
);


CREATE TABLE "inbox_message" (
    "id" BIGSERIAL NOT NULL,
    "chat_id" BIGINT NOT NULL,
    "external_id" TEXT NOT NULL,
    "sent_at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "body" BYTEA,
    "transcript" BYTEA,
    "handled_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "failure" TEXT,

    CONSTRAINT "inbox_message_pkey" PRIMARY KEY ("id")
);


CREATE TABLE "outbox_message" (
    "id" BIGSERIAL NOT NULL,
    "chat_id" BIGINT NOT NULL,
    "body" BYTEA NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'reply',
    "status" TEXT NOT NULL DEFAULT 'queued',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settled_at" TIMESTAMPTZ(3),
    "external_id" TEXT,
    "failure" TEXT,

    CONSTRAINT "outbox_message_pkey" PRIMARY KEY ("id")
);


CREATE TABLE "notice_shown" (
    "id" BIGSERIAL NOT NULL,
    "chat_id" BIGINT NOT NULL,
    "version" TEXT NOT NULL,
    "text_hash" TEXT NOT NULL,
    "shown_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notice_shown_pkey" PRIMARY KEY ("id")
);


CREATE TABLE "media_file" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "type" TEXT NOT NULL,
    "mime" TEXT NOT NULL,
    "name" TEXT,
    "size" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "media_file_pkey" PRIMARY KEY ("id")
);


CREATE TABLE "subscription" (
    "id" BIGSERIAL NOT NULL,
    "contact_id" UUID NOT NULL,
    "topic" TEXT NOT NULL,
    "text_version" TEXT NOT NULL,
    "chat_id" BIGINT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "subscription_pkey" PRIMARY KEY ("id")
);


CREATE TABLE "opt_out" (
    "id" BIGSERIAL NOT NULL,
    "contact_id" UUID NOT NULL,
    "chat_id" BIGINT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "opt_out_pkey" PRIMARY KEY ("id")
);


CREATE TABLE "inquiry" (
    "id" BIGSERIAL NOT NULL,
    "contact_id" UUID NOT NULL,
    "chat_id" BIGINT NOT NULL,
    "topic" TEXT NOT NULL,
    "message" BYTEA,
    "state" TEXT NOT NULL DEFAULT 'open',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closed_at" TIMESTAMPTZ(3),
    "closed_by" TEXT,

    CONSTRAINT "inquiry_pkey" PRIMARY KEY ("id")
);


CREATE TABLE "programme" (
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "headings" TEXT[],
    "sort" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "programme_pkey" PRIMARY KEY ("code")
);


CREATE TABLE "assistance_list" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "as_of" DATE NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'loading',
    "programmes" TEXT[],
    "period" TEXT,
    "hash_key_id" TEXT NOT NULL,
    "imported_by" TEXT NOT NULL,
    "imported_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "file_hash" TEXT NOT NULL,
    "rows" INTEGER NOT NULL DEFAULT 0,
    "accepted" INTEGER NOT NULL DEFAULT 0,
    "quarantined" INTEGER NOT NULL DEFAULT 0,
    "reasons" JSONB NOT NULL DEFAULT '{}',
    "demo" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "assistance_list_pkey" PRIMARY KEY ("id")
);


CREATE TABLE "active_list" (
    "kind" TEXT NOT NULL,
    "list_id" UUID NOT NULL,
    "previous_id" UUID,
    "switched_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "switched_by" TEXT NOT NULL,

    CONSTRAINT "active_list_pkey" PRIMARY KEY ("kind")
);


CREATE TABLE "listed_person" (
    "id" BIGSERIAL NOT NULL,
    "list_id" UUID NOT NULL,
    "nik_hash" BYTEA NOT NULL,
    "details_hash" BYTEA,
    "household_hash" BYTEA NOT NULL,
    "birth_date" DATE,
    "kelurahan" TEXT NOT NULL,
    "name" BYTEA NOT NULL,
    "programmes" TEXT[],

    CONSTRAINT "listed_person_pkey" PRIMARY KEY ("id")
);


CREATE TABLE "claim_code" (
    "id" BIGSERIAL NOT NULL,
    "code_hash" BYTEA NOT NULL,
    "hash_key_id" TEXT NOT NULL,
    "list_kind" TEXT NOT NULL,
    "household_hashes" BYTEA[],
    "issued_by" TEXT NOT NULL,
    "issued_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "claim_code_pkey" PRIMARY KEY ("id")
);


CREATE TABLE "check_link" (
    "id" BIGSERIAL NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "chat_id" BIGINT NOT NULL,
    "contact_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "check_link_pkey" PRIMARY KEY ("id")
);


CREATE TABLE "check_attempt" (
    "id" BIGSERIAL NOT NULL,
    "contact_id" UUID NOT NULL,
    "chat_id" BIGINT NOT NULL,
    "way" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "failed" BOOLEAN NOT NULL,
    "subject_hash" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "check_attempt_pkey" PRIMARY KEY ("id")
);


CREATE TABLE "alarm" (
    "id" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_hash" BYTEA,
    "details" JSONB NOT NULL DEFAULT '{}',
    "raised_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "alarm_pkey" PRIMARY KEY ("id")
);


CREATE TABLE "audit_entry" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_type" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT,
    "outcome" TEXT,
    "details" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);


CREATE TABLE "setting" (
    "name" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changed_by" TEXT NOT NULL,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("name")
);


CREATE INDEX "chat_contact_id_idx" ON "chat"("contact_id");




CREATE UNIQUE INDEX "chat_channel_account_external_id_key" ON "chat"("channel", "account", "external_id");


CREATE INDEX "inbox_unhandled" ON "inbox_message"("chat_id", "id") WHERE (handled_at IS NULL);


CREATE INDEX "inbox_message_handled_at_idx" ON "inbox_message"("handled_at");


CREATE UNIQUE INDEX "inbox_message_chat_id_external_id_key" ON "inbox_message"("chat_id", "external_id");


CREATE INDEX "outbox_unsent" ON "outbox_message"("chat_id", "id") WHERE (settled_at IS NULL);


CREATE INDEX "outbox_message_chat_id_id_idx" ON "outbox_message"("chat_id", "id");


CREATE UNIQUE INDEX "notice_shown_chat_id_version_key" ON "notice_shown"("chat_id", "version");


CREATE INDEX "subscription_contact_id_topic_idx" ON "subscription"("contact_id", "topic");


CREATE INDEX "opt_out_contact_id_idx" ON "opt_out"("contact_id");


CREATE INDEX "inquiry_chat_id_idx" ON "inquiry"("chat_id");


CREATE INDEX "assistance_list_kind_state_idx" ON "assistance_list"("kind", "state");


CREATE UNIQUE INDEX "active_list_list_id_key" ON "active_list"("list_id");


CREATE INDEX "listed_person_list_id_nik_hash_idx" ON "listed_person"("list_id", "nik_hash");


CREATE INDEX "listed_person_list_id_details_hash_idx" ON "listed_person"("list_id", "details_hash");


CREATE INDEX "listed_person_list_id_household_hash_idx" ON "listed_person"("list_id", "household_hash");


CREATE UNIQUE INDEX "claim_code_code_hash_key" ON "claim_code"("code_hash");


CREATE INDEX "claim_code_list_kind_expires_at_idx" ON "claim_code"("list_kind", "expires_at");


CREATE UNIQUE INDEX "check_link_token_hash_key" ON "check_link"("token_hash");


CREATE INDEX "check_link_chat_id_idx" ON "check_link"("chat_id");


CREATE INDEX "check_attempt_chat_id_at_idx" ON "check_attempt"("chat_id", "at");


CREATE INDEX "check_attempt_subject_hash_at_idx" ON "check_attempt"("subject_hash", "at");


CREATE UNIQUE INDEX "alarm_open" ON "alarm"("kind", "subject_hash") WHERE (settled_at IS NULL);


CREATE INDEX "alarm_kind_raised_at_idx" ON "alarm"("kind", "raised_at");


CREATE INDEX "audit_entry_at_idx" ON "audit_entry"("at");


CREATE INDEX "audit_entry_action_at_idx" ON "audit_entry"("action", "at");


CREATE INDEX "audit_entry_subject_idx" ON "audit_entry"("subject");


ALTER TABLE "chat" ADD CONSTRAINT "chat_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact"("id") ON DELETE CASCADE ON UPDATE CASCADE;


ALTER TABLE "inbox_message" ADD CONSTRAINT "inbox_message_chat_id_fkey" FOREIGN KEY ("chat_id") REFERENCES "chat"("id") ON DELETE CASCADE ON UPDATE CASCADE;


ALTER TABLE "outbox_message" ADD CONSTRAINT "outbox_message_chat_id_fkey" FOREIGN KEY ("chat_id") REFERENCES "chat"("id") ON DELETE CASCADE ON UPDATE CASCADE;


ALTER TABLE "notice_shown" ADD CONSTRAINT "notice_shown_chat_id_fkey" FOREIGN KEY ("chat_id") REFERENCES "chat"("id") ON DELETE CASCADE ON UPDATE CASCADE;


ALTER TABLE "active_list" ADD CONSTRAINT "active_list_list_id_fkey" FOREIGN KEY ("list_id") REFERENCES "assistance_list"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


ALTER TABLE "active_list" ADD CONSTRAINT "active_list_previous_id_fkey" FOREIGN KEY ("previous_id") REFERENCES "assistance_list"("id") ON DELETE SET NULL ON UPDATE CASCADE;


ALTER TABLE "listed_person" ADD CONSTRAINT "listed_person_list_id_fkey" FOREIGN KEY ("list_id") REFERENCES "assistance_list"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The trail may only grow. The retention job alone may delete, after it has said so in its own transaction.
CREATE FUNCTION "audit_entry_is_append_only"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('lopo.purging', true) = 'on' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'audit_entry is append-only';
END
$$;

CREATE TRIGGER "audit_entry_append_only" BEFORE UPDATE OR DELETE ON "audit_entry"
  FOR EACH ROW EXECUTE FUNCTION "audit_entry_is_append_only"();
CREATE TRIGGER "audit_entry_no_truncate" BEFORE TRUNCATE ON "audit_entry"
  FOR EACH STATEMENT EXECUTE FUNCTION "audit_entry_is_append_only"();

-- Programmes a list can speak of. Names: Kementerian Sosial.
INSERT INTO "programme" ("code", "name", "title", "sort", "headings") VALUES
  ('pkh', 'PKH', 'Program Keluarga Harapan', 1, '{}'),
  ('sembako', 'Sembako', 'Bantuan Sembako', 2, '{}'),
  ('bpnt', 'BPNT', 'Bantuan Pangan Non Tunai', 3, '{bnpt,penerima_bnpt}'),
  ('bst', 'BST', 'Bantuan Sosial Tunai', 4, '{}'),
  ('bpum', 'BPUM', 'Bantuan Produktif Usaha Mikro', 5, '{}'),
  ('pbi_jk', 'PBI-JK', 'Penerima Bantuan Iuran Jaminan Kesehatan', 6, '{pbi,pbi_nas,pbi_pemda}');
