/* The race of create-then-edit, small enough to be written twice: here for SPIN,
 * and in race_test.go for the search. C persons type N changes each, the first
 * of which makes a record. The server takes them in order and accepts a change
 * only if the read model has the record (the first it always does). The
 * projector follows the log. K answers may be lost on the way.
 */
byte typed[C], handled[C], answered[C], lost[C], accepted[C], rows[C];
byte entry[C * N];
byte length, projected, faults;

#define NEXT(c) (1 << handled[c])

#define PERSON(c) \
	:: d_step { typed[c] < N -> typed[c]++ } \
	:: d_step { handled[c] < typed[c] && (handled[c] == 0 || rows[c] > 0) -> \
		entry[length] = c; length++; accepted[c] = accepted[c] | NEXT(c); handled[c]++ } \
	:: d_step { handled[c] < typed[c] && handled[c] > 0 && rows[c] == 0 -> handled[c]++ } \
	:: d_step { answered[c] < handled[c] -> answered[c]++ } \
	:: d_step { answered[c] < handled[c] && faults < K -> \
		lost[c] = lost[c] | (1 << answered[c]); answered[c]++; faults++ }

active proctype race()
{
end:	do
	PERSON(0)
#if C > 1
	PERSON(1)
#endif
#if C > 2
	PERSON(2)
#endif
	:: d_step { projected < length -> rows[entry[projected]]++; projected++ }
	od
}
