
CREATE TABLE "notification_choice" (
    "workspace_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "bell" BOOLEAN NOT NULL,
    "email" BOOLEAN NOT NULL,

    CONSTRAINT "notification_choice_pkey" PRIMARY KEY ("workspace_id","user_id","kind")
);


CREATE TABLE "notification_setting" (
    "workspace_id" TEXT NOT NULL,
    "triggered_to" TEXT NOT NULL DEFAULT 'publisher',
    "mail_connection" TEXT,
    "hook_url" TEXT,
    "hook_connection" TEXT,
    "hook_events" TEXT[] DEFAULT ARRAY[]::TEXT[],

    CONSTRAINT "notification_setting_pkey" PRIMARY KEY ("workspace_id")
);


CREATE TABLE "notification_delivery" (
    "id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "user_id" TEXT,
    "notification_id" UUID,
    "workflow_id" UUID,
    "payload" JSONB NOT NULL DEFAULT '{}',
    "state" TEXT NOT NULL DEFAULT 'due',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "next_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "notification_delivery_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "notification_delivery_workspace_id_created_at_idx" ON "notification_delivery"("workspace_id", "created_at");

-- CreateIndex
CREATE INDEX "notification_delivery_notification_id_idx" ON "notification_delivery"("notification_id");

-- AddForeignKey
ALTER TABLE "notification_choice" ADD CONSTRAINT "notification_choice_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification_setting" ADD CONSTRAINT "notification_setting_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification_delivery" ADD CONSTRAINT "notification_delivery_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification_delivery" ADD CONSTRAINT "notification_delivery_notification_id_fkey" FOREIGN KEY ("notification_id") REFERENCES "notification"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE INDEX "notification_delivery_due" ON "notification_delivery" ("next_at") WHERE "state" = 'due';

-- Every statement that makes a notification makes its e-mail with it. Whether the person wants one is looked at when it is
-- sent.
CREATE FUNCTION notification_mail() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO notification_delivery (id, workspace_id, channel, event, user_id, notification_id)
  SELECT gen_random_uuid(), n.workspace_id, 'mail', n.kind, n.user_id, n.id
  FROM made n JOIN notification_setting s ON s.workspace_id = n.workspace_id AND s.mail_connection IS NOT NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER notification_mail AFTER INSERT ON "notification"
  REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION notification_mail();
