CREATE TABLE "course" (
    "id" BIGSERIAL NOT NULL,
    "title" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "office" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "place" TEXT NOT NULL,
    "map_url" TEXT,
    "kelurahan" TEXT,
    "cost" INTEGER NOT NULL DEFAULT 0,
    "contact" TEXT NOT NULL,
    "requirements" TEXT NOT NULL DEFAULT '',
    "min_age" INTEGER,
    "max_age" INTEGER,
    "min_education" TEXT,
    "domicile" TEXT[],
    "seats" INTEGER NOT NULL,
    "quotas" JSONB NOT NULL DEFAULT '[]',
    "selection" TEXT NOT NULL,
    "opens_at" TIMESTAMPTZ(3) NOT NULL,
    "closes_at" TIMESTAMPTZ(3) NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "questions" JSONB NOT NULL DEFAULT '[]',
    "exclusive" BOOLEAN NOT NULL DEFAULT true,
    "offer_hours" INTEGER NOT NULL DEFAULT 24,
    "bar_days" INTEGER NOT NULL DEFAULT 0,
    "min_attendance" INTEGER NOT NULL DEFAULT 80,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "version" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" TEXT NOT NULL,
    "announced_at" TIMESTAMPTZ(3),
    "cancel_reason" TEXT,
    "ended_at" TIMESTAMPTZ(3),
    "told_id" BIGINT,
    "tell_until_id" BIGINT,

    CONSTRAINT "course_pkey" PRIMARY KEY ("id")
);


CREATE TABLE "course_session" (
    "id" BIGSERIAL NOT NULL,
    "course_id" BIGINT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "title" TEXT,
    "place" TEXT,

    CONSTRAINT "course_session_pkey" PRIMARY KEY ("id")
);


CREATE TABLE "registration" (
    "id" BIGSERIAL NOT NULL,
    "course_id" BIGINT NOT NULL,
    "contact_id" UUID,
    "chat_id" BIGINT,
    "for_whom" TEXT NOT NULL,
    "person_hash" BYTEA,
    "details" BYTEA,
    "kelurahan" TEXT NOT NULL,
    "education" TEXT NOT NULL,
    "gender" TEXT,
    "desil" INTEGER,
    "consent_version" TEXT NOT NULL,
    "consent_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "state_at" TIMESTAMPTZ(3) NOT NULL,
    "score" INTEGER,
    "note" BYTEA,
    "reason" TEXT,
    "offer_until" TIMESTAMPTZ(3),
    "accepted_at" TIMESTAMPTZ(3),
    "barred_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "erased_at" TIMESTAMPTZ(3),

    CONSTRAINT "registration_pkey" PRIMARY KEY ("id")
);


CREATE TABLE "registration_change" (
    "id" BIGSERIAL NOT NULL,
    "registration_id" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "by" TEXT,
    "reason" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "registration_change_pkey" PRIMARY KEY ("id")
);


CREATE TABLE "registration_notice" (
    "id" BIGSERIAL NOT NULL,
    "registration_id" BIGINT NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "details" JSONB NOT NULL DEFAULT '{}',
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "told_at" TIMESTAMPTZ(3),

    CONSTRAINT "registration_notice_pkey" PRIMARY KEY ("id")
);


CREATE TABLE "attendance" (
    "registration_id" BIGINT NOT NULL,
    "session_id" BIGINT NOT NULL,
    "way" TEXT NOT NULL,
    "by" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "attendance_pkey" PRIMARY KEY ("registration_id","session_id")
);


CREATE TABLE "attendance_try" (
    "id" BIGSERIAL NOT NULL,
    "chat_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "attendance_try_pkey" PRIMARY KEY ("id")
);


CREATE TABLE "certificate" (
    "id" BIGSERIAL NOT NULL,
    "registration_id" BIGINT NOT NULL,
    "number" TEXT NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "printed" BYTEA,
    "issued_at" TIMESTAMPTZ(3) NOT NULL,
    "issued_by" TEXT NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "revoke_reason" TEXT,

    CONSTRAINT "certificate_pkey" PRIMARY KEY ("id")
);


CREATE INDEX "course_state_opens_at_idx" ON "course"("state", "opens_at");


CREATE INDEX "course_telling" ON "course"("tell_until_id") WHERE (told_id < tell_until_id);


CREATE INDEX "course_session_course_id_starts_at_idx" ON "course_session"("course_id", "starts_at");


CREATE INDEX "course_session_starts_at_idx" ON "course_session"("starts_at");


CREATE INDEX "registration_course_id_person_hash_idx" ON "registration"("course_id", "person_hash");


CREATE INDEX "registration_course_id_state_id_idx" ON "registration"("course_id", "state", "id");


CREATE INDEX "registration_person_hash_idx" ON "registration"("person_hash");


CREATE INDEX "registration_contact_id_id_idx" ON "registration"("contact_id", "id");


CREATE INDEX "registration_offered" ON "registration"("offer_until") WHERE (state = 'offered');


CREATE INDEX "registration_change_registration_id_id_idx" ON "registration_change"("registration_id", "id");


CREATE INDEX "registration_notice_due" ON "registration_notice"("due_at", "id") WHERE (told_at IS NULL);


CREATE UNIQUE INDEX "registration_notice_registration_id_key_key" ON "registration_notice"("registration_id", "key");


CREATE INDEX "attendance_session_id_idx" ON "attendance"("session_id");


CREATE INDEX "attendance_try_chat_id_at_idx" ON "attendance_try"("chat_id", "at");


CREATE INDEX "attendance_try_at_idx" ON "attendance_try"("at");


CREATE UNIQUE INDEX "certificate_registration_id_key" ON "certificate"("registration_id");


CREATE UNIQUE INDEX "certificate_number_key" ON "certificate"("number");


CREATE UNIQUE INDEX "certificate_token_hash_key" ON "certificate"("token_hash");


CREATE INDEX "certificate_unsent" ON "certificate"("issued_at") WHERE (sent_at IS NULL AND revoked_at IS NULL);


ALTER TABLE "course_session" ADD CONSTRAINT "course_session_course_id_fkey" FOREIGN KEY ("course_id") REFERENCES "course"("id") ON DELETE CASCADE ON UPDATE CASCADE;


ALTER TABLE "registration" ADD CONSTRAINT "registration_course_id_fkey" FOREIGN KEY ("course_id") REFERENCES "course"("id") ON DELETE CASCADE ON UPDATE CASCADE;


ALTER TABLE "registration_change" ADD CONSTRAINT "registration_change_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE CASCADE ON UPDATE CASCADE;


ALTER TABLE "registration_notice" ADD CONSTRAINT "registration_notice_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE CASCADE ON UPDATE CASCADE;


ALTER TABLE "attendance" ADD CONSTRAINT "attendance_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE CASCADE ON UPDATE CASCADE;


ALTER TABLE "attendance" ADD CONSTRAINT "attendance_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "course_session"("id") ON DELETE CASCADE ON UPDATE CASCADE;


ALTER TABLE "certificate" ADD CONSTRAINT "certificate_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE CASCADE ON UPDATE CASCADE;
