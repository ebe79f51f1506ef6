reset
set encoding utf8
set terminal svg size 900,562 font 'sans-serif,14' background rgb 'white' noenhanced
set output 'plot.svg'
$field0 << EOD
0.25 0.75
1.0 0.0
EOD
set border 3 linewidth 1 linecolor rgb '#555555'
set tics nomirror out scale 0.6 textcolor rgb '#333333'
set grid back linetype 1 linewidth 0.6 linecolor rgb '#dddddd'
set title offset 0,0.3 textcolor rgb '#222222'
set xlabel textcolor rgb '#333333'
set ylabel textcolor rgb '#333333'
set lmargin 11
set bmargin 4.2
set title 'confusion' noenhanced
set xlabel 'predicted' noenhanced
set ylabel 'true' noenhanced
set xrange [-0.5:1.5]
set xtics ('cat' 0.0, 'dog' 1.0) noenhanced
set yrange [-0.5:1.5]
set ytics ('cat' 1.0, 'dog' 0.0) noenhanced
set palette defined (0 '#440154', 1 '#472D7B', 2 '#3B528B', 3 '#2C728E', 4 '#21918C', 5 '#28AE80', 6 '#5EC962', 7 '#ADDC30', 8 '#FDE725')
set cbrange [0.0:1.0]
set cblabel 'share of the true class' noenhanced
set label '9' at 0.0,1.0 center front textcolor rgb '#000000' noenhanced
set label '0' at 1.0,1.0 center front textcolor rgb '#ffffff' noenhanced
set label '1' at 0.0,0.0 center front textcolor rgb '#ffffff' noenhanced
set label '3' at 1.0,0.0 center front textcolor rgb '#000000' noenhanced
unset key
set rmargin 4
plot $field0 matrix using (-0.5+($1+0.5)*1.0):(-0.5+($2+0.5)*1.0):3 with image notitle
