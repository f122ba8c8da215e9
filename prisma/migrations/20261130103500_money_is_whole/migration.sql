-- Money is a whole number of pico-dollars everywhere, as in model_call: sums of floats lose some on the way.
alter table "run" alter column "cost_usd" drop default;
alter table "run" alter column "cost_usd" type bigint using round(cost_usd * 1e12)::bigint;
alter table "run" alter column "cost_usd" set default 0;
alter table "run" rename column "cost_usd" to "cost_pico";

alter table "agent_turn" alter column "cost_usd" drop default;
alter table "agent_turn" alter column "cost_usd" type bigint using round(cost_usd * 1e12)::bigint;
alter table "agent_turn" alter column "cost_usd" set default 0;
alter table "agent_turn" rename column "cost_usd" to "cost_pico";
