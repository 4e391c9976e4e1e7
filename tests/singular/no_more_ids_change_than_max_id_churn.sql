-- Stable ids: the share of source records whose customer_id changes stays within the var max_id_churn.
select * from (

    {{ id_churn() }}

) as churn
where {{ is_id_churn_excessive() }}
