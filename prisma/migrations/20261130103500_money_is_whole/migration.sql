-- Money is a whole number of pico-dollars everywhere, as in model_call: sums of floats lose some on the way.
alter table "run" alter column "cost_usd" drop default;
alter table "run" alter column "cost_usd" type bigint using round(cost_usd * 1e12)::bigint;
alter table "run" alter column "cost_usd" set default 0;
alter table "run" rename column "cost_usd" to "cost_pico";

alter table "agent_turn" alter column "cost_usd" drop default;
alter table "agent_turn" alter column "cost_usd" type bigint using round(cost_usd * 1e12)::bigint;
alter table "agent_turn" alter column "cost_usd" set default 0;
alter table "agent_turn" rename column "cost_usd" to "cost_pico";

-- As before, with the new name.
CREATE OR REPLACE FUNCTION "refuse_change_of_ended_run"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status = OLD.status AND NEW.seq > OLD.seq AND NEW.finished_at IS NOT DISTINCT FROM OLD.finished_at
    AND NEW.output::text IS NOT DISTINCT FROM OLD.output::text
    AND NEW.error::text IS NOT DISTINCT FROM OLD.error::text
    AND NEW.input_tokens >= OLD.input_tokens AND NEW.output_tokens >= OLD.output_tokens
    AND NEW.cost_pico >= OLD.cost_pico
    AND (NEW.input_tokens, NEW.output_tokens) IS DISTINCT FROM (OLD.input_tokens, OLD.output_tokens)
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'run % has ended as %: this is final', OLD.id, OLD.status USING ERRCODE = 'check_violation';
END $$;
