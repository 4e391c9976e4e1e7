with term_frequencies as (

    select * from {{ ref('int_term_frequencies') }}

),

nicknames as (

    select * from {{ ref('nicknames') }}

),

-- for blocking only: the one formal name a nickname stands for; ambiguous ones ("bert") stand for themselves
formal_names as (

    select
        nickname,
        min({{ text_order('formal_name') }}) as formal_name
    from nicknames
    group by nickname
    having count(*) = 1

),

final as (

    select
        term_frequencies.attribute as name_type,
        term_frequencies.term as name_value,
        case when term_frequencies.attribute = 'first_name' then coalesce(formal_names.formal_name, term_frequencies.term) end as formal_name,
        {{ metaphone('term_frequencies.term') }} as metaphone_code,
        term_frequencies.frequency_bin
    from term_frequencies
    left join formal_names on term_frequencies.term = formal_names.nickname
    where term_frequencies.attribute in ('first_name', 'last_name')

)

select * from final
