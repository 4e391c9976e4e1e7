-- Explainable: of every golden value the lineage names a source record of that customer that holds exactly this value, and it names no other value.
with golden_customers as (

    select * from {{ ref('golden_customers') }}

),

lineage as (

    select
        customer_id,
        attribute,
        value,
        record_key
    from {{ ref('golden_customer_lineage') }}

),

source_records as (

    select * from {{ ref('int_source_records') }}

),

customer_crosswalk as (

    select
        record_key,
        customer_id
    from {{ ref('customer_crosswalk') }}

),

traced as (

    select
        lineage.customer_id,
        lineage.attribute,
        lineage.value,
        customer_crosswalk.customer_id as record_customer_id,
        case lineage.attribute
            {% for golden in golden_columns() -%}
            when '{{ golden.column }}' then cast(golden_customers.{{ golden.column }} as {{ dbt.type_string() }})
            {% endfor %}
        end as golden_value,
        case lineage.attribute
            {% for golden in golden_columns() -%}
            when '{{ golden.column }}' then cast(source_records.{{ golden.column }} as {{ dbt.type_string() }})
            {% endfor %}
        end as record_value
    from lineage
    left join golden_customers on lineage.customer_id = golden_customers.customer_id
    left join source_records on lineage.record_key = source_records.record_key
    left join customer_crosswalk on lineage.record_key = customer_crosswalk.record_key

),

value_counts as (

    select
        customer_id,
        0
        {% for golden in golden_columns() -%}
        + case when {{ golden.column }} is null then 0 else 1 end
        {% endfor %} as value_count
    from golden_customers

),

lineage_counts as (

    select
        customer_id,
        count(*) as value_count
    from lineage
    group by customer_id

)

select
    customer_id,
    attribute,
    'the record does not hold the golden value, or is another customer''s' as fault
from traced
where
    value is null
    or golden_value is distinct from value
    or record_value is distinct from value
    or record_customer_id is distinct from customer_id
union all
select
    value_counts.customer_id,
    'all' as attribute,
    'another number of values in the lineage than in the golden record' as fault
from value_counts
left join lineage_counts on value_counts.customer_id = lineage_counts.customer_id
where value_counts.value_count <> coalesce(lineage_counts.value_count, 0)
