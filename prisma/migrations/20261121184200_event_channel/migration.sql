-- Steps that wait for a message, by its name: in the journal, so that it stands there with the wait itself.
CREATE INDEX "run_event_channel" ON "run_event" (("data" #>> '{wait,channel}'))
  WHERE "type" = 'StepWaiting' AND "data" #>> '{wait,channel}' IS NOT NULL;
